"""Who takes the steps of these procedures, and who hears of them."""

from apps.accounts.roles import Role, either

DEVELOPERS = (either(Role.PARTICIPANT), either(Role.FOCAL_POINT))
FOCAL_POINT = (either(Role.FOCAL_POINT),)
ENTITY = (either(Role.TPE),)
SECRETARIAT = (either(Role.SECRETARIAT),)
JC = (either(Role.COMMITTEE),)
MEMBERS = (either(Role.MEMBER),)
GOVERNMENTS = (either(Role.GOVERNMENT),)
CLOCK = (either(Role.CLOCK),)
