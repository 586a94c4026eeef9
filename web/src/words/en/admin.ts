export const admin = {
  unitPick: "Choose a unit",
};
