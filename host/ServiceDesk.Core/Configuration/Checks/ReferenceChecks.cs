namespace ServiceDesk.Core.Configuration.Checks;

/// <summary>The checks that each document names only what exists, and nothing twice.</summary>
public static class ReferenceChecks
{
    /// <summary>One for each kind that refers to others.</summary>
    public static IReadOnlyList<IDocumentCheck> All { get; } =
    [
        new FieldCheck(),
        new WorkflowReferenceCheck(),
        new TicketTypeCheck(),
        new DeskCheck(),
        new RequestTypeCheck(),
        new SlaReferenceCheck(),
        new QueueCheck(),
    ];
}
