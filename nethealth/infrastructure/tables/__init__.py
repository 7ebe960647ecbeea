"""Cards and tables of collaborative infrastructure, one module per subject. Cell values are plain, not yet escaped."""
