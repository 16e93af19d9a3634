using ServiceDesk.Sdk.Configuration;

namespace ServiceDesk.Core.Access;

/// <summary>What a change lets act as a person, in a way in which it did not before.</summary>
/// <param name="Kind">The kind of the document that was changed.</param>
/// <param name="Id">Its id.</param>
/// <param name="Actor">The address of the person.</param>
/// <param name="Script">The script that acts; null where it is the document itself, and else one that imports it.</param>
public sealed record ActingChange(string Kind, string Id, string Actor, string? Script);

/// <summary>Finds what a change lets act as somebody: scripts, what they import, and rules. What is switched off acts as nobody.</summary>
public static class ActingChanges
{
    /// <summary>Everything that acts otherwise after the change than before.</summary>
    /// <param name="imports">The ids of the libraries that a script imports itself.</param>
    public static IEnumerable<ActingChange> Between(
        IConfiguration before,
        IConfiguration after,
        Func<ScriptDocument, IEnumerable<string>> imports
    ) => [.. Scripts(before, after), .. Libraries(before, after, imports), .. Rules(before, after)];

    private static IEnumerable<ActingChange> Scripts(IConfiguration before, IConfiguration after) =>
        from script in after.All<ScriptDocument>()
        where IsActing(script) && !ActedSo(before, script)
        select new ActingChange(DocumentKinds.Script, script.Id, script.Actor!, null);

    private static IEnumerable<ActingChange> Libraries(
        IConfiguration before,
        IConfiguration after,
        Func<ScriptDocument, IEnumerable<string>> imports
    )
    {
        var changed = after
            .All<ScriptDocument>()
            .Where(script => IsLibrary(script) && !WasSo(before, script))
            .Select(script => script.Id)
            .ToHashSet(StringComparer.Ordinal);
        return changed.Count == 0
            ? []
            : from script in after.All<ScriptDocument>()
            where IsActing(script) && ActedSo(before, script)
            from library in Imported(script, after, imports)
            where changed.Contains(library)
            select new ActingChange(DocumentKinds.Script, library, script.Actor!, script.Id);
    }

    private static IEnumerable<ActingChange> Rules(IConfiguration before, IConfiguration after) =>
        from rule in after.All<RuleDocument>()
        where rule.Enabled && !string.IsNullOrWhiteSpace(rule.Actor)
        where
            !before.TryGet<RuleDocument>(rule.Id, out var was)
            || was with { Name = rule.Name, Description = rule.Description } != rule
        select new ActingChange(DocumentKinds.Rule, rule.Id, rule.Actor!, null);

    // What it imports, and what that imports.
    private static HashSet<string> Imported(
        ScriptDocument script,
        IConfiguration configuration,
        Func<ScriptDocument, IEnumerable<string>> imports
    )
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(imports(script));
        while (open.TryDequeue(out var id))
        {
            if (configuration.TryGet<ScriptDocument>(id, out var library) && IsLibrary(library) && found.Add(id))
            {
                foreach (var import in imports(library))
                {
                    open.Enqueue(import);
                }
            }
        }

        return found;
    }

    private static bool IsActing(ScriptDocument script) =>
        script.Enabled && script.Use != ScriptUse.Library && !string.IsNullOrWhiteSpace(script.Actor);

    private static bool IsLibrary(ScriptDocument script) => script is { Enabled: true, Use: ScriptUse.Library };

    // Whatever its name was.
    private static bool ActedSo(IConfiguration before, ScriptDocument script) =>
        before.TryGet<ScriptDocument>(script.Id, out var was) && was with { Name = script.Name } == script;

    private static bool WasSo(IConfiguration before, ScriptDocument library) =>
        before.TryGet<ScriptDocument>(library.Id, out var was) && IsLibrary(was) && was.Source == library.Source;
}
