"""What joins the domains: every metric, the cards of the Overview page, and the next steps."""
