"""What happens around a sign-in: how many attempts we take, who was here before, and what staff can look up."""
