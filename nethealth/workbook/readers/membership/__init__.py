"""Read who is a member from columns that aren't dates."""
