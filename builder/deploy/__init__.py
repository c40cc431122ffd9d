"""Deploying: a built site is sent to a host, so that nothing of others is lost and no reader meets half of it."""
