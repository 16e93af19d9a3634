namespace ServiceDesk.Storage.Model;

/// <summary>A workflow that is being written.</summary>
public sealed class WorkflowDraftRow
{
    public string Workflow { get; set; } = "";

    /// <summary>The version that it was begun from; 0 for a new workflow.</summary>
    public int BaseVersion { get; set; }

    /// <summary>The document as JSON, valid or not.</summary>
    public string Document { get; set; } = "";
    public long PersonId { get; set; }

    /// <summary>Unix ticks.</summary>
    public long At { get; set; }
}
