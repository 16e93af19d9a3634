using Microsoft.EntityFrameworkCore;
using ServiceDesk.Sdk.Data;

namespace ServiceDesk.Reports.Facts;

/// <summary>Where the figures stand in the log.</summary>
public sealed class ProgressRow
{
    /// <summary>Always 1.</summary>
    public int Id { get; set; }

    /// <summary>The position of the last event that is in the tables.</summary>
    public long Position { get; set; }

    /// <summary>The newest event when it was last looked.</summary>
    public long Head { get; set; }

    /// <summary>Counts rebuilds: rows of an earlier round are made anew when their ticket's turn comes.</summary>
    public int Round { get; set; }

    /// <summary>Up to where a rebuild has to read; 0 when none runs.</summary>
    public long RebuildTo { get; set; }
}

/// <summary>The fold of a ticket, to go on from.</summary>
public sealed class TicketFiguresRow
{
    /// <summary>The ticket.</summary>
    public long TicketId { get; set; }

    /// <summary>The round in which it was made.</summary>
    public int Round { get; set; }

    /// <summary>The <see cref="TicketFigures"/> as JSON.</summary>
    public string Json { get; set; } = "";
}

/// <summary>What counts in figures: something that happened to a ticket at an instant, with how the ticket is today.</summary>
public sealed class FactRow
{
    /// <summary>The ticket.</summary>
    public long TicketId { get; set; }

    /// <summary>What happened, see <see cref="FactKinds"/>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Tells facts of a kind on a ticket apart.</summary>
    public int Number { get; set; }

    /// <summary>When, in Unix ticks.</summary>
    public long At { get; set; }

    /// <summary>Seconds, or thousandths of a plugin's value; 0 when there is none.</summary>
    public long Value { get; set; }

    /// <summary>Whether a promise was kept.</summary>
    public bool Kept { get; set; }

    /// <summary>The metric of a promise; empty for others.</summary>
    public string Metric { get; set; } = "";

    /// <summary>The desk's key.</summary>
    public string Desk { get; set; } = "";

    /// <summary>The ticket type's id.</summary>
    public string Type { get; set; } = "";

    /// <summary>The request type's id; empty for none.</summary>
    public string RequestType { get; set; } = "";

    /// <summary>The priority's id.</summary>
    public string Priority { get; set; } = "";

    /// <summary>The organization; empty for none.</summary>
    public string Organization { get; set; } = "";

    /// <summary>The agent; empty for nobody.</summary>
    public string Assignee { get; set; } = "";

    /// <summary>The team; empty for none.</summary>
    public string Team { get; set; } = "";

    /// <summary>The channel's id.</summary>
    public string Channel { get; set; } = "";
}

/// <summary>A time during which a ticket was open, with how it was then.</summary>
public sealed class StretchRow
{
    /// <summary>The end of what lasts still.</summary>
    public const long Lasting = long.MaxValue;

    /// <summary>The ticket.</summary>
    public long TicketId { get; set; }

    /// <summary>Its place among the ticket's stretches.</summary>
    public int Number { get; set; }

    /// <summary>The first instant, in Unix ticks.</summary>
    public long From { get; set; }

    /// <summary>The first instant behind it; <see cref="Lasting"/> while it lasts.</summary>
    public long To { get; set; }

    /// <summary>The desk's key.</summary>
    public string Desk { get; set; } = "";

    /// <summary>The ticket type's id.</summary>
    public string Type { get; set; } = "";

    /// <summary>The request type's id; empty for none.</summary>
    public string RequestType { get; set; } = "";

    /// <summary>The priority's id.</summary>
    public string Priority { get; set; } = "";

    /// <summary>The organization; empty for none.</summary>
    public string Organization { get; set; } = "";

    /// <summary>The agent; empty for nobody.</summary>
    public string Assignee { get; set; } = "";

    /// <summary>The team; empty for none.</summary>
    public string Team { get; set; } = "";

    /// <summary>The channel's id.</summary>
    public string Channel { get; set; } = "";
}

/// <summary>How far durations are counted on a calendar that reports use.</summary>
public sealed class CalendarRow
{
    /// <summary>The calendar's id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Its version that is counted on.</summary>
    public int Version { get; set; }

    /// <summary>The last ticket whose earlier durations are counted; <see cref="long.MaxValue"/> when all are.</summary>
    public long Done { get; set; }
}

/// <summary>The tables of the figures.</summary>
public sealed class ReportTables(DbContextOptions<ReportTables> options) : PluginDbContext(options, ReportsPlugin.Id)
{
    /// <summary>One row.</summary>
    public DbSet<ProgressRow> Progress => Set<ProgressRow>();

    /// <summary>One row a ticket.</summary>
    public DbSet<TicketFiguresRow> Tickets => Set<TicketFiguresRow>();

    /// <summary>What counts.</summary>
    public DbSet<FactRow> Facts => Set<FactRow>();

    /// <summary>Times of being open.</summary>
    public DbSet<StretchRow> Stretches => Set<StretchRow>();

    /// <summary>Calendars that reports use.</summary>
    public DbSet<CalendarRow> Calendars => Set<CalendarRow>();

    /// <inheritdoc/>
    protected override void Describe(ModelBuilder model)
    {
        model.Entity<ProgressRow>(row =>
        {
            row.ToTable("progress").HasKey(one => one.Id);
            row.Property(one => one.Id).ValueGeneratedNever();
        });
        model.Entity<TicketFiguresRow>(row =>
        {
            row.ToTable("tickets").HasKey(one => one.TicketId);
            row.Property(one => one.TicketId).ValueGeneratedNever();
        });
        model.Entity<FactRow>(row =>
        {
            row.ToTable("facts")
                .HasKey(one => new
                {
                    one.TicketId,
                    one.Kind,
                    one.Number,
                });
            row.Property(one => one.Kind).HasMaxLength(130);
            row.Property(one => one.Metric).HasMaxLength(60);
            // Holds what series without groups need, so that the rows themselves are left alone.
            row.HasIndex(one => new
            {
                one.Kind,
                one.At,
                one.Desk,
                one.TicketId,
                one.Value,
                one.Kept,
                one.Metric,
            });
        });
        model.Entity<StretchRow>(row =>
        {
            row.ToTable("stretches").HasKey(one => new { one.TicketId, one.Number });
            // Hold what the backlog needs, also told apart by agent, team or priority, so that the rows themselves are left alone.
            row.HasIndex(one => new
                {
                    one.From,
                    one.Desk,
                    one.TicketId,
                    one.To,
                    one.Assignee,
                    one.Team,
                    one.Priority,
                })
                .HasDatabaseName(StretchIndexes.Begun(Prefix));
            row.HasIndex(one => new
                {
                    one.To,
                    one.Desk,
                    one.TicketId,
                    one.From,
                    one.Assignee,
                    one.Team,
                    one.Priority,
                })
                .HasDatabaseName(StretchIndexes.Ended(Prefix));
        });
        model.Entity<CalendarRow>(row =>
        {
            row.ToTable("calendars").HasKey(one => one.Id);
            row.Property(one => one.Id).HasMaxLength(60);
        });
        foreach (var entity in (Type[])[typeof(FactRow), typeof(StretchRow)])
        {
            foreach (
                var name in (string[])
                    ["Desk", "Type", "RequestType", "Priority", "Organization", "Assignee", "Team", "Channel"]
            )
            {
                model.Entity(entity).Property(name).HasMaxLength(60);
            }
        }
    }
}
