using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Grains;

/// <summary>Estimates the memory of a snapshot: its texts, and round numbers for the rest. Good to a factor of two, which is enough to hold a limit.</summary>
public static class SnapshotSize
{
    private const long Core = 800;
    private const long PerEntry = 96;
    private const long PerFacet = 512;
    private const long PerMark = 160;

    /// <summary>Bytes, roughly.</summary>
    public static long Of(TicketSnapshot snapshot)
    {
        var state = snapshot.State;
        return Core
            + Text(state.Summary)
            + Text(state.Description)
            + (PerEntry * (state.Participants.Count + state.Watchers.Count + state.FormerKeys.Count))
            + state.Labels.Sum(label => PerEntry + Text(label))
            + (PerEntry * state.FieldFiles.Count)
            + state.Fields.Sum(field => PerEntry + Text(field.Key) + Value(field.Value))
            + state.Facets.Values.Sum(facet => PerFacet + (facet is RawFacet raw ? Text(raw.Json) : 0))
            + snapshot.Clocks.Sum(Clock);
    }

    private static long Clock(SlaClock clock) =>
        (4 * PerEntry) + (PerMark * clock.Marks.Count) + (PerEntry * clock.Thresholds.Count);

    private static long Value(FieldValue value) =>
        value switch
        {
            TextValue text => Text(text.Text),
            ChoicesValue choices => choices.Choices.Sum(choice => PerEntry + Text(choice)),
            FilesValue files => files.Files.Sum(file => PerEntry + Text(file.Name) + Text(file.Sha256)),
            _ => 0,
        };

    private static long Text(string text) => 2L * text.Length;
}
