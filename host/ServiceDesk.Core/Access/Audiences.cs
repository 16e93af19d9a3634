using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Access;

/// <summary>For whose eyes an event is.</summary>
public enum Audience
{
    /// <summary>Agents of the desk.</summary>
    Agents = 1,

    /// <summary>Agents and the customers of the ticket.</summary>
    Everyone = 2,
}

/// <summary>The one place that says for whose eyes an event is. What is not named here, events of plugins included, is for agents.</summary>
public static class Audiences
{
    /// <summary>The audience of an event.</summary>
    public static Audience Of(TicketEvent @event) =>
        @event switch
        {
            TicketOpened
            or TextEdited
            or PublicCommentAdded
            or StatusChanged
            or FilesAttached { Visibility: Visibility.Public }
            or TextRedacted { Visibility: Visibility.Public }
            or FileRedacted { Visibility: Visibility.Public }
            or ParticipantsAdded
            or ParticipantsRemoved
            or TicketMoved
            or TicketMerged
            or MergeUndone
            or ApprovalRequested { CustomersSee: true }
            or ApprovalAnswered { CustomersSee: true }
            or ApprovalEnded { CustomersSee: true }
            or DatesCorrected => Audience.Everyone,
            _ => Audience.Agents,
        };
}
