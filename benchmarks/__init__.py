"""What is promised in numbers, measured: each beside a named peer, in one run, with both figures printed."""
