# A domain of the provider's account
terraform import registrar_domain_settings.shop example.com

# A domain of any account
terraform import registrar_domain_settings.campaign 023e105f4ecef8ad9ca31a8372d0c353/example.net
