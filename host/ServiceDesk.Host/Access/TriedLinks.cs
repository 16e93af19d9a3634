namespace ServiceDesk.Host.Access;

/// <summary>
/// Counts links of invitations that do not work by the address they came from. Apart from wrong passwords: any page can make a browser ask
/// for links, and must not lock its office out of the sign-in.
/// </summary>
public sealed class TriedLinks(TimeProvider time) : AddressLimit(time, allowed: 50, TimeSpan.FromMinutes(5));
