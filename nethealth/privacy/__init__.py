"""Who may see what: suppression of small groups, redaction, masking, codes, and passcodes."""
