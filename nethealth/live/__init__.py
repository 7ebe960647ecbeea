"""Live sessions: a room of people answer from their phones, and see the answers together on the screen."""
