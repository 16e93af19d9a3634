using Microsoft.EntityFrameworkCore.Migrations;
using ServiceDesk.Sdk.Data;

namespace ServiceDesk.Reports.Facts;

/// <summary>The second version: the indexes of stretches hold agent, team and priority, by which the backlog is told apart most.</summary>
public sealed class StretchIndexes : PluginTableUpgrade
{
    private const string Table = "stretches";
    private static readonly string[] Groups = ["Assignee", "Team", "Priority"];

    /// <inheritdoc/>
    public override int Version => 2;

    /// <inheritdoc/>
    public override void Up(MigrationBuilder migration, string prefix)
    {
        migration.DropIndex($"IX_{prefix}{Table}_From_Desk_TicketId_To", prefix + Table);
        migration.DropIndex($"IX_{prefix}{Table}_To_Desk_TicketId_From", prefix + Table);
        migration.CreateIndex(Begun(prefix), prefix + Table, ["From", "Desk", "TicketId", "To", .. Groups]);
        migration.CreateIndex(Ended(prefix), prefix + Table, ["To", "Desk", "TicketId", "From", .. Groups]);
    }

    internal static string Begun(string prefix) => $"IX_{prefix}{Table}_begun";

    internal static string Ended(string prefix) => $"IX_{prefix}{Table}_ended";
}
