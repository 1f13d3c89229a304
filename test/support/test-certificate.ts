/** A self-signed certificate for localhost and 127.0.0.1, good for tests and for nothing else. */
export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUbw2kvyztSmR1cL4TboF07deuIOcwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzAwMTI1MVoYDzIxMjYxMDMw
MDAxMjUxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAROGlhsRP9VTdEejFF93bOUZ2orhqu3wr/wvIegTfZ6J6i1H8YNgzW3
7EpIcQhFKsS4y63+vcu6NiJ7Dvs4xQsTo28wbTAdBgNVHQ4EFgQUzdFzvD07epXU
Dn7AB7K1kxkY6F0wHwYDVR0jBBgwFoAUzdFzvD07epXUDn7AB7K1kxkY6F0wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgax/oJVcDzOatCy2U8Y8orOEu+uZ68IUWfZIgO9MpYvECIQDb
5h9cAOmGNyXRIXZ4WeSszuS6y2tQufDUswpDlRAoOw==
-----END CERTIFICATE-----
`;

/** The key of {@link testCertificate}. Not a secret: it stands here. */
export const testCertificateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3KFn9wldtxotFiVn
siQOqlq3hGXUz00QcjnHpt40CoyhRANCAAROGlhsRP9VTdEejFF93bOUZ2orhqu3
wr/wvIegTfZ6J6i1H8YNgzW37EpIcQhFKsS4y63+vcu6NiJ7Dvs4xQsT
-----END PRIVATE KEY-----
`;
