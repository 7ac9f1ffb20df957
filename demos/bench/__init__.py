"""What all experiments share: processes of a run's own, load, the broker, and the runner in the site's worker."""
