/** What proves who somebody is: passwords, second factors, passkeys, keys of services. */
export type SignInTables = {
  auth_users: AuthUserRow
  auth_credentials: AuthCredentialRow
  auth_second_factors: AuthSecondFactorRow
  spent_codes: SpentCodeRow
  passkeys: PasskeyRow
  passkey_challenges: PasskeyChallengeRow
  sign_in_attempts: SignInAttemptRow
  api_keys: ApiKeyRow
}

type AuthUserRow = {
  id: string
  name: string
  email: string
  email_verified: boolean
  image: string | null
  two_factor_enabled: boolean | null
  created_at: Date
  updated_at: Date
}

type AuthCredentialRow = {
  id: string
  account_id: string
  provider_id: string
  subject: string
  password: string | null
  access_token: string | null
  refresh_token: string | null
  id_token: string | null
  access_token_expires_at: Date | null
  refresh_token_expires_at: Date | null
  scope: string | null
  created_at: Date
  updated_at: Date
}

type AuthSecondFactorRow = {
  id: string
  account_id: string
  secret: string
  backup_codes: string
  verified: boolean | null
  failed_verification_count: number | null
  locked_until: Date | null
}

type SpentCodeRow = { account_id: string; code_digest: Buffer; spent_at: Date }

type PasskeyRow = {
  id: string
  account_id: string
  credential_id: string
  public_key: Buffer
  counter: number
  transports: string[]
  label: string
  created_at: Date
  last_used_at: Date | null
}

type PasskeyChallengeRow = { challenge: string; account_id: string | null; expires_at: Date }

type SignInAttemptRow = {
  kind: string
  key_digest: Buffer
  failures: number
  last_failed_at: Date
  locked_until: Date | null
}

type ApiKeyRow = {
  id: string
  account_id: string
  token_digest: Buffer
  label: string
  scopes: string[]
  created_at: Date
  created_by: string
  expires_at: Date
  revoked_at: Date | null
  last_used_at: Date | null
}
