"""The mindset reflection: seven pairs, never scored."""
