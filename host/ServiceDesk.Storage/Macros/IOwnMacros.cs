using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Storage.Macros;

/// <summary>Macros that people make for themselves. Each is its person's alone.</summary>
public interface IOwnMacros
{
    /// <summary>How many one person may have.</summary>
    const int Most = 200;

    /// <summary>The person's, in their order.</summary>
    Task<IReadOnlyList<OwnMacro>> OfAsync(PersonId person, CancellationToken cancellation = default);

    /// <summary>One of the person's; null for none, and for somebody else's.</summary>
    Task<OwnMacro?> FindAsync(PersonId person, long id, CancellationToken cancellation = default);

    /// <summary>Adds one at the end; null when the person has too many.</summary>
    /// <param name="document">The macro as JSON.</param>
    Task<long?> AddAsync(PersonId person, string document, CancellationToken cancellation = default);

    /// <summary>Changes one of the person's; whether it was still there.</summary>
    Task<bool> ChangeAsync(PersonId person, long id, string document, CancellationToken cancellation = default);

    /// <summary>Takes one of the person's away; whether it was there.</summary>
    Task<bool> RemoveAsync(PersonId person, long id, CancellationToken cancellation = default);
}

/// <summary>A macro of a person.</summary>
/// <param name="Document">The macro as JSON, as <see cref="DocumentKinds.Macro"/> is stored.</param>
public sealed record OwnMacro(long Id, string Document);
