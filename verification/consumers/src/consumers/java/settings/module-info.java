/// A program whose settings are in a package that nobody else can reach into.
module settings {
    requires io.patinox.memory;
}
