aspis_unit_test(repo/test_glob ROOMS base yaml repo)
aspis_unit_test(repo/test_roles ROOMS base yaml repo)
# The fixture that writes small repositories is the model's.
aspis_unit_test(repo/test_repository ROOMS base yaml repo model)
