"""Questions from and for other systems: GIFT and Aiken, as Moodle writes them."""
