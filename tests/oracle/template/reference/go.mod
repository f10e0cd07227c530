module aspis.test/template

go 1.22
