namespace Browser.Tests.Running;

/// <summary>A second desk, to which tickets are moved: it works another type, which has a field of incidents, one of its own, and one that is needed.</summary>
internal static class Yard
{
    /// <summary>Its key.</summary>
    public const string Desk = "YARD";

    /// <summary>Its documents, by the names of their files.</summary>
    public static (string Name, string Text)[] Documents { get; } =
    [
        (
            "desks/YARD.yaml",
            """
            kind: desk
            id: YARD
            name:
              en: Yard
              ko: 야적장
            types:
              - yard-fault
            customers:
              everyone: false

            """
        ),
        (
            "ticket-types/yard-fault.yaml",
            """
            kind: ticket-type
            id: yard-fault
            name:
              en: Yard fault
              ko: 야적장 고장
            workflow: incident
            fields:
              - impact
              - yard-machine
              - yard-gate

            """
        ),
        (
            "fields/yard-machine.yaml",
            """
            kind: field
            id: yard-machine
            name:
              en: Machine
              ko: 기계
            type: text

            """
        ),
        (
            "fields/yard-gate.yaml",
            """
            kind: field
            id: yard-gate
            name:
              en: Gate
              ko: 출입구
            type: text
            requiredIn:
              - new

            """
        ),
    ];
}
