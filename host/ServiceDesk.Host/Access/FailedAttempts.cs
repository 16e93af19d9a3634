namespace ServiceDesk.Host.Access;

/// <summary>
/// Counts wrong passwords and tokens by the address they came from, so that guessing is slow however many accounts are
/// tried. The lockout of an account is kept in the database.
/// </summary>
public sealed class FailedAttempts(TimeProvider time) : AddressLimit(time, allowed: 50, TimeSpan.FromMinutes(5));
