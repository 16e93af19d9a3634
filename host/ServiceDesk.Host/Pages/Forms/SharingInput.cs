using System.Globalization;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>The question who takes part in a ticket that is opened and with whom it is shared, drawn by <c>_Sharing</c>.</summary>
public sealed record SharingInput
{
    /// <summary>The form's name of whether colleagues see it.</summary>
    public const string Name = "sharing";

    /// <summary>The form's name of the further organization, as refusals name it.</summary>
    public const string FurtherName = "sharedWith";

    /// <summary>The form's name of participants, as refusals name it.</summary>
    public const string PeopleName = "participants";

    private const string Private = "private";

    /// <summary>What was sent; null before anything was.</summary>
    public required IFormCollection? Typed { get; init; }

    public required FormErrors Errors { get; init; }

    /// <summary>Whether desk and requester share at all: else only participants are asked for.</summary>
    public bool Shares { get; init; }

    /// <summary>Further organizations with which it can be shared: id and name; empty where one is typed.</summary>
    public IReadOnlyList<(string Id, string Name)> Further { get; init; } = [];

    /// <summary>The page that finds organizations whose name is typed; null where there are <see cref="Further"/>.</summary>
    public string? FurtherFinder { get; init; }

    /// <summary>Who can take part: id and name; empty where they are typed.</summary>
    public IReadOnlyList<(string Id, string Name)> Colleagues { get; init; } = [];

    /// <summary>The page that finds people whose names are typed; null where there are <see cref="Colleagues"/>.</summary>
    public string? Finder { get; init; }

    /// <summary>Whether colleagues are kept out.</summary>
    public bool IsPrivate => Typed?[Name].ToString() == Private;

    /// <summary>The further organization that was chosen or typed; empty for none.</summary>
    public string SharedWith => Typed?[FurtherName].ToString() ?? "";

    /// <summary>Who was chosen or typed.</summary>
    public IReadOnlyList<string> Named =>
        [.. (Typed?[PeopleName].OfType<string>() ?? []).Where(one => one.Trim().Length > 0)];

    /// <summary>Whether something was said already, or is wrong, so that the question stands open.</summary>
    public bool IsOpen =>
        IsPrivate
        || SharedWith.Length > 0
        || Named.Count > 0
        || Errors[FurtherName] is not null
        || Errors[PeopleName] is not null;

    /// <summary>The further organization that was chosen among <see cref="Further"/>; null for none.</summary>
    public static OrganizationId? Chosen(IFormCollection typed) =>
        long.TryParse(typed[FurtherName], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new OrganizationId(id)
            : null;

    /// <summary>The opening with what the form says of sharing.</summary>
    public static OpenTicket Read(
        OpenTicket opening,
        IFormCollection typed,
        OrganizationId? further,
        ValueList<PersonId> participants
    ) =>
        opening with
        {
            IsPrivate = typed[Name].ToString() == Private,
            Then =
            [
                .. opening.Then,
                .. further is { } house ? (TicketCommand[])[new ShareTicket(house)] : [],
                .. participants.Count > 0 ? (TicketCommand[])[new AddParticipants(participants)] : [],
            ],
        };
}
