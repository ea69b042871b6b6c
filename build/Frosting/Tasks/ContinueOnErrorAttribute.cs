namespace Cake.Frosting;

/// <summary>Goes on with the next task when this one fails. Not for a task that overrides <c>OnError</c>, which does the same.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ContinueOnErrorAttribute : Attribute;
