# For `terraform test` (1.7 or later) or `tofu test` (1.8 or later), without an account, a token or a network.

mock_provider "registrar" {
  # By default the mock returns random strings, which are not dates.
  mock_resource "registrar_domain_settings" {
    defaults = {
      status     = "active"
      created_at = "2020-01-02T03:04:05Z"
      expires_at = "2030-01-02T03:04:05Z"
    }
  }
}

variables {
  domain_name = "example.com"
}

run "production_renews" {
  variables {
    purpose = "production"
  }

  assert {
    condition     = registrar_domain_settings.this.auto_renew
    error_message = "A production domain must renew."
  }

  assert {
    condition     = output.expires_on == "2030-01-02"
    error_message = "The output must be the expiry date."
  }
}

run "a_campaign_lapses" {
  variables {
    purpose = "campaign"
  }

  assert {
    condition     = !registrar_domain_settings.this.auto_renew
    error_message = "A campaign domain must not renew."
  }
}

run "other_purposes_are_refused" {
  command = plan

  variables {
    purpose = "fun"
  }

  expect_failures = [var.purpose]
}
