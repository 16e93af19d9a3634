using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>Whom fields offer that hold a person, an organization or a team: ids and names.</summary>
public sealed record FieldOffers(
    IReadOnlyList<(string Id, string Name)> People,
    IReadOnlyList<(string Id, string Name)> Organizations,
    IReadOnlyList<(string Id, string Name)> Teams
)
{
    /// <summary>Tokens and names of the files that fields may hold.</summary>
    public IReadOnlyList<(string Id, string Name)> Files { get; init; } = [];

    /// <summary>Whether the form is filled by somebody who is not signed in: files go along with it, and none waits for its next sending.</summary>
    public bool IsForStrangers { get; init; }

    /// <summary>Nobody.</summary>
    public static FieldOffers None { get; } = new([], [], []);

    /// <summary>The page that finds more people, of whom there may be more than a list holds; null for none.</summary>
    public string? Finder { get; init; }

    /// <summary>Nobody and nothing that was sent before, for who is not signed in.</summary>
    public static FieldOffers Strangers { get; } = None with { IsForStrangers = true };

    /// <summary>The same with files that fields may hold.</summary>
    public FieldOffers With(KnownFiles files) => IsForStrangers ? this : this with { Files = files.Offers };

    /// <summary>What fields of the kind offer; null for a kind whose values are not chosen from the people of the installation.</summary>
    public IReadOnlyList<(string Id, string Name)>? Of(FieldKind kind) =>
        kind switch
        {
            FieldKind.Person => People,
            FieldKind.Organization => Organizations,
            FieldKind.Team => Teams,
            FieldKind.Attachment => Files,
            _ => null,
        };
}
