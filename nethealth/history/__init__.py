"""What the metrics were on earlier days: snapshots of numbers, never of people, that outlive what staff overwrite."""
