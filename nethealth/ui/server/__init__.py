"""What stands between the network and Streamlit's server: every request and connection passes through here first."""
