"""Talk to Google: credentials, allowed hosts, retries, and the errors it reports."""
