"""The deployment of compose.yaml without containers, and what becomes of it when a part is lost.

The processes are real, and started with the very commands and settings of compose.yaml; PostgreSQL and Valkey come from
wheels, Caddy from the system, and `restarts.py` stands in for the restart policy of the containers. `make faults` loses
each part in each way while a small load goes on, and writes docs/faults.md.
"""
