using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Sla.Accounts;

/// <summary>With whom a ticket was while a clock's time passed.</summary>
public enum WaitCause
{
    /// <summary>It waited for the customer.</summary>
    Customer = 1,

    /// <summary>It waited for a supplier.</summary>
    Supplier = 2,

    /// <summary>It waited for another team.</summary>
    OtherTeam = 3,

    /// <summary>It waited for another ticket.</summary>
    Ticket = 4,

    /// <summary>It waited for an approval.</summary>
    Approval = 5,

    /// <summary>Nobody had it.</summary>
    Unassigned = 6,

    /// <summary>Its team worked on it.</summary>
    Team = 7,

    /// <summary>It was night, weekend or a holiday.</summary>
    OffHours = 8,

    /// <summary>The clock was paused by another condition of its policy.</summary>
    PausedOtherwise = 9,
}

/// <summary>Tells with whom a ticket was.</summary>
public static class WaitCauses
{
    /// <summary>The cause of a stay, by the workflows as they are now: what one declares today tells its past too.</summary>
    public static WaitCause Of(
        LedgerSegmentKind kind,
        string type,
        string status,
        bool isAssigned,
        IConfiguration configuration
    ) =>
        (kind, configuration.WaitsIn(type, status)) switch
        {
            (LedgerSegmentKind.OutsideHours, _) => WaitCause.OffHours,
            (_, { } waits) => (WaitCause)(int)waits,
            (LedgerSegmentKind.Paused, _) => WaitCause.PausedOtherwise,
            _ => isAssigned ? WaitCause.Team : WaitCause.Unassigned,
        };
}
