using ServiceDesk.Sdk.People;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>A customer company of the world.</summary>
/// <param name="Row">As it is stored.</param>
/// <param name="Shares">Whether its members see each other's requests, where the desk shares too.</param>
public sealed record Firm(Organization Row, bool Shares);

/// <summary>A desk of the world, in the few words that decide who sees what.</summary>
/// <param name="Key">The key.</param>
/// <param name="Firms">Whom it serves; null for everybody.</param>
/// <param name="Shares">Whether it shows colleagues each other's requests.</param>
/// <param name="RequestType">What can be asked for there.</param>
/// <param name="Queue">Its queue with everything.</param>
public sealed record Counter(string Key, IReadOnlyList<Firm>? Firms, bool Shares, string RequestType, string Queue)
{
    /// <summary>Whether somebody may ask there.</summary>
    public bool Serves(Member member) => Firms is null || (member.Firm is { } firm && Firms.Contains(firm));
}

/// <summary>Somebody of the world: who one is, and how one comes in.</summary>
public sealed class Member(string title, Person person, Firm? firm, IReadOnlyList<Counter> worksAt)
{
    /// <summary>A name for whoever reads a failure.</summary>
    public string Title { get; } = title;

    public Person Person { get; } = person;

    public Firm? Firm { get; } = firm;

    /// <summary>The desks on which one is an agent.</summary>
    public IReadOnlyList<Counter> WorksAt { get; } = worksAt;

    public bool IsAgent => WorksAt.Count > 0;

    public bool ManagesPeople => Person.Role is "administrator" or "clerk";

    public bool Configures => Person.Role == "administrator";

    /// <summary>With a token.</summary>
    public required HttpClient Api { get; init; }

    /// <summary>Signed in as a browser is.</summary>
    public required BrowserSession Pages { get; init; }

    public override string ToString() => Title;
}

/// <summary>A ticket of the world.</summary>
/// <param name="Key">Its key.</param>
/// <param name="At">Its desk.</param>
/// <param name="Requester">Who asks.</param>
/// <param name="Participants">Who takes part besides.</param>
/// <param name="Agents">Agents who did something in public.</param>
public sealed record Errand(
    string Key,
    Counter At,
    Member Requester,
    IReadOnlyList<Member> Participants,
    IReadOnlyList<Member> Agents
)
{
    /// <summary>The id of its type.</summary>
    public required string Type { get; init; }

    /// <summary>Whether it is kept from colleagues.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Companies with which it is shared besides the requester's.</summary>
    public IReadOnlyList<Firm> SharedWith { get; init; } = [];

    /// <summary>What its customers may read, by the part of the ticket.</summary>
    public required IReadOnlyDictionary<string, string> Public { get; init; }

    /// <summary>What only agents of its desk may read.</summary>
    public required IReadOnlyDictionary<string, string> Internal { get; init; }

    public required long PublicFile { get; init; }

    public required long InternalFile { get; init; }
}

/// <summary>A link of the world.</summary>
/// <param name="From">The ticket at which it was made.</param>
/// <param name="Type">The id of its type.</param>
/// <param name="To">The other end.</param>
public sealed record Joint(Errand From, string Type, Errand To);
