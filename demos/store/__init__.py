"""Where runs are kept: in the broker's own Valkey, bounded in time, stamped with its own clock."""
