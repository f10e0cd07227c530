aspis_unit_test(docs/test_graph ROOMS base yaml schema repo helm text model manifest delivery docs)
