# A domain whose auto-renew is on already, and which Terraform is to look after from now on.
# An import only looks: nothing is sent to the registrar that would change something.

import {
  to = registrar_domain_settings.existing
  id = "example.edu"
}

resource "registrar_domain_settings" "existing" {
  domain_name = "example.edu"
  auto_renew  = true
}
