namespace ServiceDesk.Host.Scripting.Runs;

/// <summary>Events as scripts name them: the stored name without its version.</summary>
public static class EventNames
{
    /// <summary><c>ticket.opened</c> of <c>ticket.opened/1</c>.</summary>
    public static string Without(string stored) => stored.Split('/')[0];
}
