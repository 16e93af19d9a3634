using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Forms;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Forms;

/// <summary>What holds for any form and any answers to it.</summary>
public class AnswerProperties
{
    private static readonly string[] Fields = ["impact", "agreed", "systems", "vendor", "amount"];

    private static readonly Gen<FieldValue?>[] Answers =
    [
        Gen.Elements<FieldValue?>(null, new ChoiceValue("low"), new ChoiceValue("high")),
        Gen.Elements<FieldValue?>(null, new FlagValue(true), new FlagValue(false)),
        Gen.Elements<FieldValue?>(null, new ChoicesValue(["mail"]), new ChoicesValue(["mail", "erp"])),
        Gen.Elements<FieldValue?>(null, new TextValue("Contoso")),
        Gen.Elements<FieldValue?>(null, new NumberValue(5)),
    ];

    private static readonly Gen<FormCondition> Condition =
        from field in Gen.Elements(Fields)
        from any in Gen.Elements(true, false)
        from not in Gen.Elements(true, false)
        select new FormCondition
        {
            Field = field,
            Not = not,
            Is = any
                ? []
                : field switch
                {
                    "impact" => ["high"],
                    "agreed" => ["true"],
                    "systems" => ["erp"],
                    _ => [],
                },
        };

    private static readonly Gen<ValueList<FormCondition>> Conditions =
        from count in Gen.Elements(0, 0, 1, 2)
        from list in Condition.ArrayOf(count)
        select list.ToValueList();

    private static readonly Gen<(RequestTypeDocument Form, ValueMap<FieldValue> Given)> Filled =
        from order in Gen.Choose(0, 1_000).ArrayOf(Fields.Length)
        from conditions in Conditions.ArrayOf(Fields.Length + 1)
        from sections in Gen.Elements<string?>(null, null, "more").ArrayOf(Fields.Length)
        from required in Gen.Elements(false, false, false, true).ArrayOf(Fields.Length)
        from impact in Answers[0]
        from agreed in Answers[1]
        from systems in Answers[2]
        from vendor in Answers[3]
        from amount in Answers[4]
        let form = Enumerable
            .Range(0, Fields.Length)
            .OrderBy(at => order[at])
            .Select(at => new FormField(Fields[at], required[at]) { Section = sections[at], When = conditions[at] })
        let answers = new[] { impact, agreed, systems, vendor, amount }
        select (
            new RequestTypeDocument
            {
                Id = "any",
                Name = LocalizedText.Of("Any"),
                Desk = "ITSD",
                Type = "incident",
                Form = form.ToValueList(),
                Sections = [new FormSection("more", LocalizedText.Of("More")) { When = conditions[^1] }],
            },
            ValueMap<FieldValue>.From(
                Fields
                    .Zip(answers)
                    .Where(pair => pair.Second is not null)
                    .Select(pair => KeyValuePair.Create(pair.First, pair.Second!))
            )
        );

    [Fact]
    public void A_ticket_holds_every_answer_that_was_asked_for_and_no_other() =>
        Always(
            (form, given) =>
            {
                var asked = FormLogic.Asked(form, given.Find).Select(place => place.Field).ToHashSet();
                var step = Open(form, given);
                var lacking = form.Form.Where(place =>
                    place.Required && asked.Contains(place.Field) && given.Find(place.Field) is null
                );
                Assert.Equal(
                    lacking.Select(place => FieldRules(place.Field)).Order(),
                    step.Refusals.Select(refusal => refusal.Field).Order()
                );
                if (step.Refusals.Count == 0)
                {
                    Assert.Equal(
                        ValueMap<FieldValue>.From(given.Where(answer => asked.Contains(answer.Key))),
                        step.After!.State.Fields
                    );
                }
            }
        );

    [Fact]
    public void Answers_to_hidden_questions_change_nothing() =>
        Always(
            (form, given) =>
            {
                var asked = FormLogic.Asked(form, given.Find).Select(place => place.Field).ToList();
                var without = ValueMap<FieldValue>.From(given.Where(answer => asked.Contains(answer.Key)));

                Assert.Equal(asked, FormLogic.Asked(form, without.Find).Select(place => place.Field));
            }
        );

    private static string FieldRules(string field) => $"fields.{field}";

    private static TicketStep Open(RequestTypeDocument form, ValueMap<FieldValue> given)
    {
        var bench = new Bench { Configuration = Company.Configuration.With(form) };
        return bench.Send(Bench.By(Company.Bora, Bench.Asking(form.Id) with { Fields = given }));
    }

    private static void Always(Action<RequestTypeDocument, ValueMap<FieldValue>> check) =>
        Prop.ForAll(
                Filled.ToArbitrary(),
                filled =>
                {
                    check(filled.Form, filled.Given);
                    return true;
                }
            )
            .QuickCheckThrowOnFailure();
}
