using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Pages.Forms;

/// <summary>The status of an answer that shows a refusal.</summary>
public static class RefusalStatus
{
    /// <summary>The HTTP status for a kind of refusal.</summary>
    public static int Of(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
}
