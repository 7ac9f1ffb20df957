"""What is due again, and when: questions that were answered wrongly, and recall cards."""
