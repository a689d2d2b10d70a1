"""The screens of accounts: signing in, the own account, factors, passwords, invitations."""
