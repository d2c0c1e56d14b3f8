"""What the tests are written with: a server and a provider to run, a person at a browser, and eyes that watch."""
