"""The one part of the package that knows Streamlit: who looks, what they see, and the pieces that pages are made of."""
