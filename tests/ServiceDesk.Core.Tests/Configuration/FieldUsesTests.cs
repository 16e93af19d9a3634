using ServiceDesk.Core.Configuration;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Configuration;

/// <summary>A field is found where forms, transitions, values and queries name it, and not where a text merely has its letters.</summary>
public sealed class FieldUsesTests
{
    private static readonly ConfigurationSnapshot Company = ConfigurationSnapshot.Of(
        1,
        new FieldDocument
        {
            Id = "site",
            Name = LocalizedText.Of("Site"),
            Kind = FieldKind.Text,
        },
        new TicketTypeDocument
        {
            Id = "task",
            Name = LocalizedText.Of("site"),
            Workflow = "task",
            Fields = ["site"],
        },
        new RequestTypeDocument
        {
            Id = "asked",
            Name = LocalizedText.Of("Asked"),
            Desk = "ITSD",
            Type = "task",
            Form = [new FormField("site")],
        },
        new RequestTypeDocument
        {
            Id = "preset",
            Name = LocalizedText.Of("Preset"),
            Desk = "ITSD",
            Type = "task",
            Presets = ValueMap<string>.Empty.SetItem("site", "Seoul"),
        },
        new RequestTypeDocument
        {
            Id = "named-only",
            Name = LocalizedText.Of("site"),
            Desk = "ITSD",
            Type = "task",
            Help = LocalizedText.Of("Which site?"),
        },
        new QueueDocument
        {
            Id = "queried",
            Name = LocalizedText.Of("Queried"),
            Desk = "ITSD",
            Query = "category != done AND (site=Seoul)",
        },
        new QueueDocument
        {
            Id = "likewise",
            Name = LocalizedText.Of("Likewise"),
            Desk = "ITSD",
            Query = "site-code = 1 OR website = 2",
        },
        new QueueDocument
        {
            Id = "shown",
            Name = LocalizedText.Of("Shown"),
            Desk = "ITSD",
            Query = "",
            Columns = ["key", "field:floor"],
        },
        new QueueDocument
        {
            Id = "grouped",
            Name = LocalizedText.Of("Grouped"),
            Desk = "ITSD",
            Query = "",
            Group = "field:floor",
        },
        new ReportDocument
        {
            Id = "told-apart",
            Name = LocalizedText.Of("Told apart"),
            Series = "created",
            GroupBy = "field:floor",
        }
    );

    [Fact]
    public async Task It_is_found_where_it_counts_and_nowhere_else()
    {
        var uses = new FieldUses(Company, new DocumentText(new DocumentSchemas()));
        Assert.Equal(["task", "asked", "preset", "queried"], uses.Of("site").Select(document => document.Id));
        Assert.Equal(["likewise"], uses.Of("site-code").Select(document => document.Id));
        Assert.Empty(uses.Of("code"));
        Assert.Equal(["grouped", "shown", "told-apart"], uses.Of("floor").Select(document => document.Id));
    }
}
