using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms.Editing;

/// <summary>In which group and order the portal offers the request types of a desk. Each change gives the desk as it would be.</summary>
public static class PortalOrder
{
    /// <summary>The group that offers a request type; null for none.</summary>
    public static PortalGroup? GroupOf(DeskDocument desk, string type) =>
        desk.Groups.FirstOrDefault(group => group.RequestTypes.Contains(type));

    /// <summary>One step up or down; at the edge of a group into the next one that way.</summary>
    public static DeskDocument Moved(DeskDocument desk, string type, bool up)
    {
        var at = desk.Groups.Index().FirstOrDefault(entry => entry.Item.RequestTypes.Contains(type), (-1, null!)).Index;
        if (at < 0)
        {
            return up && desk.Groups.Count > 0 ? Put(desk, type, desk.Groups[^1].Id) : desk;
        }

        var types = desk.Groups[at].RequestTypes;
        var place = types.ToList().IndexOf(type);
        var to = up ? place - 1 : place + 1;
        if (to >= 0 && to < types.Count)
        {
            return Placed(desk, type, to);
        }

        var next = up ? at - 1 : at + 1;
        return next >= 0 && next < desk.Groups.Count ? Put(desk, type, desk.Groups[next].Id, atBegin: !up) : desk;
    }

    /// <summary>To a place of a group, from 0; of its own when none is named. A group that is not there changes nothing.</summary>
    public static DeskDocument Placed(DeskDocument desk, string type, int to, string? group = null) =>
        (group ?? GroupOf(desk, type)?.Id) is { } into && desk.Groups.Any(one => one.Id == into)
            ? Changed(Put(desk, type, null), into, types => Inserted(types, type, to))
            : desk;

    /// <summary>Into a group, at its end or begin; null takes it out of all.</summary>
    public static DeskDocument Put(DeskDocument desk, string type, string? group, bool atBegin = false)
    {
        var without = desk with
        {
            Groups = desk
                .Groups.Select(one =>
                    one with
                    {
                        RequestTypes = one.RequestTypes.Where(other => other != type).ToValueList(),
                    }
                )
                .ToValueList(),
        };
        return Changed(without, group, types => atBegin ? types.Prepend(type).ToValueList() : types.Add(type));
    }

    /// <summary>With one more group. The first takes what the desk offered without groups, so that nothing vanishes.</summary>
    /// <param name="all">Ids of the desk's request types.</param>
    public static DeskDocument WithGroup(DeskDocument desk, LocalizedText name, IEnumerable<string> all)
    {
        var number = desk.Groups.Count + 1;
        while (desk.Groups.Any(group => group.Id == $"group-{number}"))
        {
            number++;
        }

        var types = desk.Groups.Count == 0 ? all.ToValueList() : [];
        return desk with { Groups = desk.Groups.Add(new PortalGroup($"group-{number}", name, types)) };
    }

    /// <summary>A group one step up or down.</summary>
    public static DeskDocument GroupMoved(DeskDocument desk, string group, bool up)
    {
        var place = desk.Groups.ToList().FindIndex(one => one.Id == group);
        var to = up ? place - 1 : place + 1;
        return place < 0 || to < 0 || to >= desk.Groups.Count
            ? desk
            : desk with
            {
                Groups = desk.Groups.SetItem(place, desk.Groups[to]).SetItem(to, desk.Groups[place]),
            };
    }

    /// <summary>A group to another place, from 0.</summary>
    public static DeskDocument GroupPlaced(DeskDocument desk, string group, int to) =>
        desk.Groups.FirstOrDefault(one => one.Id == group) is { } moving
            ? desk with
            {
                Groups = Inserted(desk.Groups.Where(one => one != moving), moving, to),
            }
            : desk;

    private static ValueList<T> Inserted<T>(IEnumerable<T> others, T item, int to)
    {
        var list = others.ToList();
        list.Insert(Math.Clamp(to, 0, list.Count), item);
        return list.ToValueList();
    }

    private static DeskDocument Changed(
        DeskDocument desk,
        string? group,
        Func<ValueList<string>, ValueList<string>> change
    ) =>
        desk with
        {
            Groups = desk
                .Groups.Select(one => one.Id == group ? one with { RequestTypes = change(one.RequestTypes) } : one)
                .ToValueList(),
        };
}
