namespace ServiceDesk.Host.Access;

/// <summary>
/// Names of authorization policies. Each id of a permission, the product's (<see cref="Sdk.Access.Permissions"/>) or a
/// plugin's, is the name of a policy too: <c>[Authorize(Policy = Permissions.WorkTickets)]</c>.
/// </summary>
public static class Policies
{
    /// <summary>Everyone who is signed in and may still use the product.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Before the name of a token's scope: <c>scope:tickets:read</c>.</summary>
    public const string ScopePrefix = "scope:";

    /// <summary>A token with <see cref="Scopes.ReadTickets"/>.</summary>
    public const string ReadTickets = ScopePrefix + Scopes.ReadTickets;

    /// <summary>A token with <see cref="Scopes.WriteTickets"/>.</summary>
    public const string WriteTickets = ScopePrefix + Scopes.WriteTickets;

    /// <summary>A token with <see cref="Scopes.ReadConfiguration"/>.</summary>
    public const string ReadConfiguration = ScopePrefix + Scopes.ReadConfiguration;

    /// <summary>A token with <see cref="Scopes.WriteConfiguration"/>. Name <see cref="Sdk.Access.Permissions.Configure"/> beside it.</summary>
    public const string WriteConfiguration = ScopePrefix + Scopes.WriteConfiguration;
}

/// <summary>What a token may be used for, within what its person may do.</summary>
public static class Scopes
{
    /// <summary>Read tickets, comments, attachments and desks.</summary>
    public const string ReadTickets = "tickets:read";

    /// <summary>Open and change tickets.</summary>
    public const string WriteTickets = "tickets:write";

    /// <summary>Read the configuration, and reckon with calendars.</summary>
    public const string ReadConfiguration = "configuration:read";

    /// <summary>Write the configuration.</summary>
    public const string WriteConfiguration = "configuration:write";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [ReadTickets, WriteTickets, ReadConfiguration, WriteConfiguration];
}
