using ServiceDesk.Core.Forms;
using ServiceDesk.Host.Pages.Rules.Editing;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Pages.Forms.Editing;

/// <summary>
/// Reads a request type from the editor's form. What the form does not show stays as it stood in the document that the form was
/// drawn from; rows move, and each carries the place from which it was drawn.
/// </summary>
public sealed class RequestTypeForm(IFormCollection form) : EditorForm(form)
{
    /// <summary>The request type as it is written; it need not be valid.</summary>
    public RequestTypeDocument Read()
    {
        var rest = Rest(Blank(Text("desk"), Text("type")));
        return InOrder(
            rest with
            {
                Id = Given("id") ?? rest.Id,
                Name = Words("name", rest.Name) ?? LocalizedText.Of(""),
                Description = Words("description", rest.Description),
                Help = Words("help", rest.Help),
                Icon = Given("icon") ?? rest.Icon,
                Type = Given("type") ?? rest.Type,
                Priority = Word<Priority>("priority"),
                CustomersAskApproval = IsTicked("customers-ask-approval"),
                Anonymous = IsTicked("anonymous"),
                Sections = Parts("section", "drawn", path => Section(path, rest.Sections)),
                Form = Parts("place", "field", path => Place(path, rest.Form)),
                Presets = Parts("preset", "field", path => (Text($"{path}.field"), Text($"{path}.value")))
                    .Aggregate(ValueMap<string>.Empty, (map, one) => map.SetItem(one.Item1, one.Item2)),
                AgentFields = Parts("agent", "field", path => Text($"{path}.field")),
                Tasks = Parts("task", "drawn", path => Task(path, rest.Tasks)),
            }
        );
    }

    /// <summary>What a button of the form asks for, on what was read.</summary>
    public RequestTypeDocument Apply(RequestTypeDocument type, string? asked)
    {
        var parts = (asked ?? "").Split('.');
        var at = parts.Skip(1).Select(Numbered).ToList();
        var (place, second) = (at.Count > 0 ? at[0] : -1, at.Count > 1 ? at[1] : -1);
        return InOrder(
            parts[0] switch
            {
                "add-place" when Given("add-place") is { } field && type.Form.All(one => one.Field != field) =>
                    type with
                    {
                        Form = type.Form.Add(new FormField(field)),
                    },
                "remove-place" => type with { Form = Without(type.Form, place) },
                "up-place" => type with { Form = Moved(type, place, place - 1) },
                "down-place" => type with { Form = Moved(type, place, place + 1) },
                "move-place" => type with { Form = Moved(type, place, second) },
                "when-place" => type with { Form = At(type.Form, place, one => one with { When = Asking(one.When) }) },
                "unless-place" => type with
                {
                    Form = At(type.Form, place, one => one with { When = Without(one.When, second) }),
                },
                "add-section" => type with { Sections = type.Sections.Add(NewSection(type)) },
                "remove-section" => type with { Sections = Without(type.Sections, place) },
                "up-section" => type with { Sections = Swapped(type.Sections, place - 1) },
                "down-section" => type with { Sections = Swapped(type.Sections, place) },
                "when-section" => type with
                {
                    Sections = At(type.Sections, place, one => one with { When = Asking(one.When) }),
                },
                "unless-section" => type with
                {
                    Sections = At(type.Sections, place, one => one with { When = Without(one.When, second) }),
                },
                "add-preset" when Given("add-preset") is { } field && !type.Presets.ContainsKey(field) => type with
                {
                    Presets = type.Presets.SetItem(field, ""),
                },
                "remove-preset" when parts.Length > 1 => type with { Presets = type.Presets.Remove(parts[1]) },
                "add-agent" when Given("add-agent") is { } field && !type.AgentFields.Contains(field) => type with
                {
                    AgentFields = type.AgentFields.Add(field),
                },
                "remove-agent" => type with { AgentFields = Without(type.AgentFields, place) },
                "up-agent" => type with { AgentFields = Swapped(type.AgentFields, place - 1) },
                "down-agent" => type with { AgentFields = Swapped(type.AgentFields, place) },
                "add-task" => type with { Tasks = type.Tasks.Add(new RequestTask(LocalizedText.Of(""))) },
                "remove-task" => type with { Tasks = Without(type.Tasks, place) },
                "up-task" => type with { Tasks = Swapped(type.Tasks, place - 1) },
                "down-task" => type with { Tasks = Swapped(type.Tasks, place) },
                _ => type,
            }
        );
    }

    // Places stand in the order in which they are met; a section that is gone leaves its places to the beginning.
    private static RequestTypeDocument InOrder(RequestTypeDocument type) =>
        type with
        {
            Form = FormLogic
                .InOrder(type)
                .Select(place => FormLogic.SectionOf(type, place) is null ? place with { Section = null } : place)
                .ToValueList(),
        };

    // What moves takes the section of the place it moves to; at an edge between two it first only changes the section.
    private static ValueList<FormField> Moved(RequestTypeDocument type, int from, int to)
    {
        if (from < 0 || to < 0 || from >= type.Form.Count || to >= type.Form.Count || from == to)
        {
            return type.Form;
        }

        var list = type.Form.ToList();
        var (moving, target) = (list[from], list[to]);
        if (Math.Abs(from - to) == 1 && moving.Section != target.Section)
        {
            list[from] = moving with { Section = target.Section };
            return list.ToValueList();
        }

        list.RemoveAt(from);
        list.Insert(to, moving with { Section = target.Section });
        return list.ToValueList();
    }

    private static ValueList<T> At<T>(ValueList<T> list, int place, Func<T, T> change) =>
        place >= 0 && place < list.Count ? list.SetItem(place, change(list[place])) : list;

    private static ValueList<FormCondition> Asking(ValueList<FormCondition> conditions) =>
        conditions.Add(new FormCondition { Field = "" });

    private static FormSection NewSection(RequestTypeDocument type)
    {
        var number = type.Sections.Count + 1;
        while (type.Sections.Any(section => section.Id == $"part-{number}"))
        {
            number++;
        }

        return new FormSection($"part-{number}", LocalizedText.Of(""));
    }

    private FormSection Section(string path, ValueList<FormSection> before)
    {
        var id = Text($"{path}.drawn");
        var rest = before.FirstOrDefault(section => section.Id == id) ?? new FormSection(id, LocalizedText.Of(""));
        return rest with
        {
            Name = Words($"{path}.name", rest.Name) ?? LocalizedText.Of(""),
            Help = Words($"{path}.help", rest.Help),
            When = Conditions(path),
        };
    }

    private RequestTask Task(string path, ValueList<RequestTask> before)
    {
        var drawn = Numbered(Text($"{path}.drawn"));
        var text = drawn >= 0 && drawn < before.Count ? before[drawn].Text : LocalizedText.Of("");
        return new RequestTask(Words($"{path}.text", text) ?? LocalizedText.Of(""), IsTicked($"{path}.blocking"));
    }

    private FormField Place(string path, ValueList<FormField> before)
    {
        var field = Text($"{path}.field");
        var rest = before.FirstOrDefault(place => place.Field == field) ?? new FormField(field);
        return rest with
        {
            Required = IsTicked($"{path}.required"),
            Label = Words($"{path}.label", rest.Label),
            Help = Words($"{path}.help", rest.Help),
            Default = Given($"{path}.default"),
            Section = Given($"{path}.section"),
            When = Conditions(path),
        };
    }

    private ValueList<FormCondition> Conditions(string path) =>
        Parts(
            $"{path}.when",
            "field",
            part =>
            {
                var mode = Text($"{part}.mode");
                return new FormCondition
                {
                    Field = Text($"{part}.field"),
                    Not = mode is "not" or "none",
                    Is = mode is "any" or "none" ? [] : Answers($"{part}.is"),
                };
            }
        );

    // Answers that are still to be ticked leave a blank one, which cannot be published; none at all would mean any answer.
    private ValueList<string> Answers(string name) => Many(name) is { Count: > 0 } given ? given : [""];

    /// <summary>A request type that asks for a summary and a description.</summary>
    public static RequestTypeDocument Blank(string desk, string type) =>
        new()
        {
            Id = "",
            Name = LocalizedText.Of(""),
            Desk = desk,
            Type = type,
            Form = [new FormField(FormLogic.Summary, Required: true), new FormField(FormLogic.Description)],
        };

    /// <summary>An id for a new request type: of its desk and English name.</summary>
    public static string IdFor(RequestTypeDocument type)
    {
        var name = RuleIds.From(type.Name.Texts.Find("en") ?? "", "request");
        var id = $"{type.Desk.ToLowerInvariant()}-{name}";
        return id.Length <= 60 ? id : id[..60].TrimEnd('-');
    }
}
