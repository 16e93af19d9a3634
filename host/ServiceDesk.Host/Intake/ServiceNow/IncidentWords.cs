using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Intake.ServiceNow;

/// <summary>What the words of the log mean here.</summary>
internal static class IncidentWords
{
    /// <summary>The status of a state; null when there is none.</summary>
    public static string? Status(string state) =>
        state switch
        {
            "New" => "new",
            "Active" => "in-progress",
            "Awaiting User Info" or "Awaiting Evidence" => "waiting-for-customer",
            "Awaiting Problem" => "waiting-for-problem",
            "Awaiting Vendor" => "waiting-for-supplier",
            "Resolved" => "resolved",
            "Closed" => "closed",
            _ => null,
        };

    /// <summary>The priority of <c>1 - Critical</c> to <c>5 - Planning</c>; null for anything else.</summary>
    public static Priority? Priority(string? text) =>
        text?.FirstOrDefault() switch
        {
            '1' => Sdk.Tickets.Priority.Critical,
            '2' => Sdk.Tickets.Priority.High,
            '3' => Sdk.Tickets.Priority.Medium,
            '4' or '5' => Sdk.Tickets.Priority.Low,
            _ => null,
        };

    /// <summary>The choice of impact or urgency of <c>1 - High</c> to <c>3 - Low</c>; null for anything else.</summary>
    public static string? Level(string? text) =>
        text?.FirstOrDefault() switch
        {
            '1' => "high",
            '2' => "medium",
            '3' => "low",
            _ => null,
        };
}
