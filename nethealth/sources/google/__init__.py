"""What Google needs from us and says to us: credentials, hosts, retries, and failures."""
