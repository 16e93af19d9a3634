namespace ServiceDesk.Core.Query.Binding;

/// <summary>A place of a ticket that predicates and orders read: in memory a value of the snapshot, in the database a column or child row.</summary>
public abstract record QuerySlot;

/// <summary>Ids, folded text and dates.</summary>
/// <param name="Column">Which one.</param>
/// <param name="Field">For <see cref="TextColumn.Field"/>: under which name the value is kept.</param>
public sealed record TextSlot(TextColumn Column, string? Field = null) : QuerySlot;

/// <summary>Numbers.</summary>
public sealed record NumberSlot(NumberColumn Column, string? Field = null) : QuerySlot;

/// <summary>Identities of people, teams and organizations.</summary>
public sealed record IdSlot(IdColumn Column) : QuerySlot;

/// <summary>Instants.</summary>
public sealed record MomentSlot(MomentColumn Column, string? Field = null) : QuerySlot;

/// <summary>What a <see cref="TextSlot"/> reads.</summary>
public enum TextColumn
{
    Key = 1,
    Desk = 2,
    Type = 3,
    RequestType = 4,
    Status = 5,
    Resolution = 6,
    ExternalId = 7,

    /// <summary>Several values.</summary>
    Label = 8,

    /// <summary>One or several values.</summary>
    Field = 9,
}

/// <summary>What a <see cref="NumberSlot"/> reads.</summary>
public enum NumberColumn
{
    /// <summary>The number in the key.</summary>
    KeyNumber = 1,
    Category = 2,
    Priority = 3,
    Channel = 4,
    Reopens = 5,
    PublicComments = 6,
    InternalNotes = 7,
    Attachments = 8,
    Field = 9,
}

/// <summary>What an <see cref="IdSlot"/> reads.</summary>
public enum IdColumn
{
    Requester = 1,
    Organization = 2,
    Assignee = 3,
    Team = 4,

    /// <summary>Several values.</summary>
    Participant = 5,

    /// <summary>Several values.</summary>
    Watcher = 6,

    /// <summary>Who may answer an approval now. Several values.</summary>
    Approver = 7,

    /// <summary>Who has answered an approval. Several values.</summary>
    Answerer = 8,

    /// <summary>Whose open steps are in the checklist. Several values.</summary>
    TaskDoer = 9,

    /// <summary>Organizations with which it is shared besides its own. Several values.</summary>
    SharedWith = 10,
}

/// <summary>What a <see cref="MomentSlot"/> reads.</summary>
public enum MomentColumn
{
    Created = 1,
    Updated = 2,
    Resolved = 3,
    Closed = 4,
    StatusSince = 5,

    /// <summary>The nearest due instant of the running clocks.</summary>
    Due = 6,
    Field = 7,

    /// <summary>The last change that customers may know of.</summary>
    PublicUpdated = 8,
}
